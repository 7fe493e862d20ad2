# exercise: ClassifyRequest
# expect: wrong
# meant: counts the characters before the white space is removed, so 5000 characters and a blank are refused
# about: before|after (the )?strip|stripp?ed first|order of|raw
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    texts: list[str] = Field(min_length=1, max_length=MAX_TEXTS)

    @field_validator("texts")
    @classmethod
    def check_texts(cls, texts: list[str]) -> list[str]:
        for text in texts:
            if len(text) > MAX_CHARACTERS:
                raise ValueError("a text is too long")
            if not text.strip():
                raise ValueError("a text is empty")
        return [text.strip() for text in texts]
