# exercise: ClassifyRequest
# expect: wrong
# meant: extra is not forbidden: a further field is ignored in silence
# about: extra|further field|additional field|unknown field|forbid
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(strict=True)

    texts: Annotated[
        list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)]],
        Field(min_length=1, max_length=MAX_TEXTS),
    ]
