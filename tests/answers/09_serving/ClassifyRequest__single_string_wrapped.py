# exercise: ClassifyRequest
# expect: wrong
# meant: a single string is made a list of one text
# about: single string|wrap|a list of one|\[value\]|bare string|one string
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, strict=True)

    texts: list[Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]] = Field(
        min_length=1, max_length=MAX_TEXTS
    )

    @field_validator("texts", mode="before")
    @classmethod
    def always_a_list(cls, value):
        if isinstance(value, str):
            value = [value]
        return value
