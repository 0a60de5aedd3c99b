from cleantext.checks.boilerplate.trees import Trees

class Forest:
    def __init__(self, trees: Trees) -> None: ...
