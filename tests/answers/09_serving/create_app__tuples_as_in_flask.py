# exercise: create_app
# expect: wrong
# meant: returns (body, status) as in Flask: FastAPI sends a list with status 200
# about: tuple|Flask|(status|code)( code)? (of |is |stays |with )?200|a list
def create_app(service: Any) -> FastAPI:
    @contextlib.asynccontextmanager
    async def lifespan(app):
        await service.start()
        yield
        await service.close()

    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(RequestValidationError)
    async def invalid(request, problem):
        return JSONResponse({"error": {"code": "invalid_request", "message": "Bad body."}}, 422)

    @app.post("/classify")
    async def classify(body: ClassifyRequest):
        try:
            predictions = await service.classify(body.texts)
        except NotReady:
            return {"error": {"code": "not_ready", "message": "Not ready."}}, 503, {"Retry-After": "5"}
        except Overloaded:
            return {"error": {"code": "overloaded", "message": "Too busy."}}, 503, {"Retry-After": "5"}
        except Exception:
            return {"error": {"code": "internal", "message": "Our fault."}}, 500
        return {"version": service.version, "predictions": predictions}

    @app.get("/health")
    async def health():
        return {"status": "alive"}

    @app.get("/ready")
    async def ready():
        if service.ready:
            return {"status": "ready", "version": service.version}
        return {"error": {"code": "not_ready", "message": "Not ready."}}, 503, {"Retry-After": "5"}

    return app
