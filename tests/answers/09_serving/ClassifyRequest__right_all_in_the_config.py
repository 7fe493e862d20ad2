# exercise: ClassifyRequest
# expect: right
# meant: limits of the strings in model_config (str_strip_whitespace, str_min_length, …), strict, of the list in Field
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        str_strip_whitespace=True,
        str_min_length=1,
        str_max_length=MAX_CHARACTERS,
    )

    texts: list[str] = Field(min_length=1, max_length=MAX_TEXTS)
