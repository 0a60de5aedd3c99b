"""How many requests the service answers, how soon, and what each costs."""
