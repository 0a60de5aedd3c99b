"""What readers said of findings: drawing them, taking verdicts in, and the store that the project keeps."""
