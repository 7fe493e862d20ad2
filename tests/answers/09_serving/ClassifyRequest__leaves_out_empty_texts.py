# exercise: ClassifyRequest
# expect: wrong
# meant: empty texts are left out of the list instead of the request being refused
# about: left out|leaves? out|filter|dropp?(ed|s|ing)?\b|skip|discard|removed? (the )?empty
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    texts: list[str]

    @field_validator("texts")
    @classmethod
    def check(cls, texts: list[str]) -> list[str]:
        kept = []
        for text in texts:
            text = text.strip()
            if len(text) > MAX_CHARACTERS:
                raise ValueError("too long")
            if text:
                kept.append(text)
        if not 1 <= len(kept) <= len(texts) <= MAX_TEXTS:
            raise ValueError("too few or too many texts")
        return kept
