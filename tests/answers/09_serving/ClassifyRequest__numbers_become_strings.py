# exercise: ClassifyRequest
# expect: wrong
# meant: str(text) in a validator that runs before: numbers, None and the like are converted and accepted
# about: str\(|convert|coerc|numbers?|integers?
class ClassifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    texts: list[Annotated[str, StringConstraints(min_length=1, max_length=MAX_CHARACTERS)]] = Field(
        ..., min_length=1, max_length=MAX_TEXTS
    )

    @field_validator("texts", mode="before")
    @classmethod
    def strip(cls, texts):
        if not isinstance(texts, list):
            raise ValueError("texts must be a list")
        return [str(text).strip() for text in texts]
