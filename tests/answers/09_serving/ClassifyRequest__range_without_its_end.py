# exercise: ClassifyRequest
# expect: wrong
# meant: range(1, MAX_TEXTS) ends before MAX_TEXTS: 32 texts are refused, and 5000 characters too
# about: range|off.by.one|exactly|inclusive|exclu|\b32\b|end of
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    texts: list[str]

    @field_validator("texts")
    @classmethod
    def limits(cls, texts: list[str]) -> list[str]:
        texts = [text.strip() for text in texts]
        if len(texts) not in range(1, MAX_TEXTS):
            raise ValueError("wrong number of texts")
        if any(len(text) not in range(1, MAX_CHARACTERS) for text in texts):
            raise ValueError("wrong number of characters")
        return texts
