# exercise: create_app
# expect: right
# meant: an APIRouter, answers as pydantic models with response_model, a decorator-like wrapper that turns exceptions into responses
from fastapi import APIRouter


def create_app(service: Any) -> FastAPI:
    router = APIRouter()

    class Problem(BaseModel):
        code: str
        message: str

        def response(self, status: int, retry_after: int | None = None) -> JSONResponse:
            answer = JSONResponse(status_code=status, content={"error": self.model_dump()})
            if retry_after is not None:
                answer.headers["Retry-After"] = str(retry_after)
            return answer

    class Ready(BaseModel):
        status: str
        version: Any

    class Answer(BaseModel):
        version: Any
        predictions: list[dict[str, Any]]

    @router.post("/classify", response_model=Answer)
    async def classify(asked: ClassifyRequest):
        outcome = await asyncio.gather(service.classify(asked.texts), return_exceptions=True)
        if isinstance(outcome[0], NotReady):
            return Problem(code="not_ready", message="No model is loaded.").response(503, 5)
        if isinstance(outcome[0], Overloaded):
            return Problem(code="overloaded", message="Come back in a moment.").response(503, 5)
        if isinstance(outcome[0], BaseException):
            return Problem(code="internal", message="The server could not answer.").response(500)
        return Answer(version=service.version, predictions=outcome[0])

    @router.get("/health")
    async def health():
        return JSONResponse({"status": "alive"})

    @router.get("/ready", response_model=Ready)
    async def ready():
        if service.ready:
            return Ready(status="ready", version=service.version)
        return Problem(code="not_ready", message="No model is loaded.").response(503, 5)

    async def invalid(request: Request, problem: Exception) -> JSONResponse:
        return Problem(code="invalid_request", message="Please send texts, and nothing else.").response(422)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI):
        try:
            await service.start()
            yield
        finally:
            await service.close()

    app = FastAPI(lifespan=lifespan, exception_handlers={RequestValidationError: invalid})
    app.include_router(router)

    return app
