# exercise: ClassifyRequest
# expect: wrong
# meant: a default value: a missing field is accepted as an empty list, defaults are not validated
# about: default|missing|required|optional
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS)]


class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    texts: list[Text] = Field([], min_length=1, max_length=MAX_TEXTS)
