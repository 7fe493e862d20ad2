# exercise: ClassifyRequest
# expect: wrong
# meant: cuts a text that is too long to MAX_CHARACTERS instead of refusing it
# about: shorten|cuts?\b|truncat|\[:\s*MAX_CHARACTERS
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    texts: Annotated[list[str], Field(min_length=1, max_length=MAX_TEXTS)]

    @field_validator("texts")
    @classmethod
    def clean(cls, value):
        cleaned = [text.strip()[:MAX_CHARACTERS] for text in value]
        if "" in cleaned:
            raise ValueError("empty text")
        return cleaned
