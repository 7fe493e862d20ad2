# exercise: ClassifyRequest
# expect: wrong
# meant: configuration keys of pydantic 1 (anystr_…), which version 2 ignores: nothing is stripped, no limit on characters
# about: anystr|pydantic (1|v1|version 1)|version 1|str_strip_whitespace|renamed
class ClassifyRequest(BaseModel):
    class Config:
        extra = "forbid"
        anystr_strip_whitespace = True
        min_anystr_length = 1
        max_anystr_length = MAX_CHARACTERS

    texts: list[Annotated[str, Field(pattern=r"\S")]] = Field(min_length=1, max_length=MAX_TEXTS)
