# exercise: ClassifyRequest
# expect: wrong
# meant: MAX_CHARACTERS is taken for the limit of all texts together
# about: sum|total|together|altogether|each text|all texts|per text
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True, str_min_length=1)

    texts: Annotated[list[str], Field(min_length=1, max_length=MAX_TEXTS)]

    @field_validator("texts")
    @classmethod
    def not_too_much(cls, texts: list[str]) -> list[str]:
        if sum(len(text) for text in texts) > MAX_CHARACTERS:
            raise ValueError("too many characters")
        return texts
