# exercise: create_app
# expect: wrong
# meant: raises HTTPException: the error stands under a key detail
# about: detail|HTTPException|wrapp|nested
from fastapi import HTTPException


def create_app(service: Any) -> FastAPI:
    @contextlib.asynccontextmanager
    async def lifespan(app):
        await service.start()
        yield
        await service.close()

    app = FastAPI(lifespan=lifespan)

    def fail(status, code, message, headers=None):
        raise HTTPException(status, detail={"error": {"code": code, "message": message}}, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, problem: RequestValidationError):
        content = {"error": {"code": "invalid_request", "message": "The body does not fit."}}
        return JSONResponse(content, status_code=422)

    @app.post("/classify")
    async def classify(body: ClassifyRequest):
        try:
            predictions = await service.classify(body.texts)
        except NotReady:
            fail(503, "not_ready", "The model is not loaded.", {"Retry-After": "5"})
        except Overloaded:
            fail(503, "overloaded", "Too many wait.", {"Retry-After": "5"})
        except Exception:
            fail(500, "internal", "Something broke.")
        return {"version": service.version, "predictions": predictions}

    @app.get("/health")
    async def health():
        return {"status": "alive"}

    @app.get("/ready")
    async def ready():
        if not service.ready:
            fail(503, "not_ready", "The model is not loaded.", {"Retry-After": "5"})
        return {"status": "ready", "version": service.version}

    return app
