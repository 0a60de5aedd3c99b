"""Typography that needs code: pairs of quotation marks, and a house style where one is configured."""
