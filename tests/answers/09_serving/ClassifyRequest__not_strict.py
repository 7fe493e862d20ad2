# exercise: ClassifyRequest
# expect: wrong
# meant: not strict: pydantic converts bytes to str (and a tuple or set to a list) in its lax mode
# about: strict|bytes|lax|tuple|convert
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    texts: list[
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)]
    ] = Field(min_length=1, max_length=MAX_TEXTS)
