# exercise: ClassifyRequest
# expect: right
# meant: everything by hand in one validator that runs before, with ValueErrors
class ClassifyRequest(BaseModel):
    texts: list[str]

    model_config = {"extra": "forbid"}

    @field_validator("texts", mode="before")
    @classmethod
    def _check(cls, value: Any) -> list[str]:
        if type(value) is not list:
            raise ValueError("a list of texts is needed")
        if len(value) < 1 or len(value) > MAX_TEXTS:
            raise ValueError(f"from 1 to {MAX_TEXTS} texts")
        stripped = []
        for text in value:
            if not isinstance(text, str):
                raise ValueError("every text must be a string")
            text = text.strip()
            if not 0 < len(text) < MAX_CHARACTERS + 1:
                raise ValueError(f"from 1 to {MAX_CHARACTERS} characters")
            stripped.append(text)
        return stripped
