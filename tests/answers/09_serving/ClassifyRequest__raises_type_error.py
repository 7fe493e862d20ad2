# exercise: ClassifyRequest
# expect: wrong
# meant: the validator raises TypeError, which pydantic 2 does not turn into a ValidationError
# about: TypeError|ValueError|AssertionError|raise[sd]? the wrong
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    texts: list[str]

    @field_validator("texts", mode="before")
    @classmethod
    def check(cls, texts):
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise TypeError("texts must be a list of strings")
        if not 1 <= len(texts) <= MAX_TEXTS:
            raise ValueError(f"1 to {MAX_TEXTS} texts")
        texts = [text.strip() for text in texts]
        if not all(1 <= len(text) <= MAX_CHARACTERS for text in texts):
            raise ValueError(f"1 to {MAX_CHARACTERS} characters")
        return texts
