"""What the review store promises, measured."""
