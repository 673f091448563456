"""All settings, read from the environment (and `.env`). Every secret can also be given as a file: `NAME_FILE`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import environ
import platformdirs

from assistant.project.paths import key_file, private_folder, run_folder

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()
environ.Env.read_env(BASE_DIR / ".env")

# Folders: the database, keys, files and logs of this installation, and the models that installations share.
DATA_DIR = private_folder(Path(env.str("BANSHI_DATA", default=str(BASE_DIR / "var"))).expanduser().resolve())
RUN_DIR = run_folder(DATA_DIR)
INDEX_DIR = DATA_DIR / "index"
MODEL_DIR = Path(env.str("MODEL_DIR", default=str(Path(platformdirs.user_cache_dir("banshi")) / "models"))).expanduser()

SECRET_KEY = env.str("SECRET_KEY", default="") or key_file(DATA_DIR / "keys" / "secret_key")
# Fernet keys for credentials at rest, newest first, separated by commas.
FIELD_KEYS = env.str("FIELD_KEYS", default="") or key_file(DATA_DIR / "keys" / "field_keys", 32)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL] if PUBLIC_URL else [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "channels",
    "django_rq",
    "django_htmx",
    "axes",
    "integrations",
    "assistant",
    "dashboard",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "assistant.web.headers.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/dashboard/sign-in/"
LOGIN_REDIRECT_URL = "/dashboard/"
LOGOUT_REDIRECT_URL = "/dashboard/sign-in/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "dashboard.pages.sign_in.views.locked_out"
AXES_ENABLE_ADMIN = False

ROOT_URLCONF = "assistant.project.urls"
ASGI_APPLICATION = "assistant.project.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Store
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'banshi.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;",
    }
    DATABASES["default"].setdefault("TEST", {})["NAME"] = str(DATA_DIR / "test.sqlite3")
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

VALKEY_SOCKET = RUN_DIR / "valkey.sock"
VALKEY_URL = env.str("VALKEY_URL", default="")
EMBEDDED_VALKEY = not VALKEY_URL
if EMBEDDED_VALKEY:
    VALKEY_PASSWORD = key_file(DATA_DIR / "keys" / "valkey_password", 32)
    VALKEY_URL = f"unix://{quote(str(VALKEY_SOCKET))}?db=0&password={quote(VALKEY_PASSWORD)}"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [VALKEY_URL], "prefix": "banshi"},
    }
}
RQ_QUEUES = {
    name: {"URL": VALKEY_URL, "SERIALIZER": "rq.serializers.JSONSerializer", "DEFAULT_TIMEOUT": timeout}
    for name, timeout in {"turns": 60, "outbox": 60, "jobs": 1800, "index": 1800}.items()
}
RQ = {"DEFAULT_RESULT_TTL": 0, "FAILURE_TTL": 86400}
WORKERS = env.int("WORKERS", default=2)

# Engine
ENGINE = env.str("ENGINE", default="llama_cpp")
MODEL_NAME = env.str("MODEL_NAME", default="qwen2.5-coder-1.5b")
MODEL_FILE = env.str("MODEL_FILE", default="")
ENGINE_THREADS = env.int("ENGINE_THREADS", default=0)  # 0: measured at start
ENGINE_SLOTS = env.int("ENGINE_SLOTS", default=4)
ENGINE_CONTEXT = env.int("ENGINE_CONTEXT", default=4096)  # tokens per slot

# Conversation
SANDBOX_SPEED = env.float("SANDBOX_SPEED", default=20.0)  # simulated minutes per real minute in the sandbox
MAX_UPLOAD_MB = env.int("MAX_UPLOAD_MB", default=20)
MAX_MESSAGE_CHARS = 4000
QUOTE_MINUTES = 10
TELEGRAM_BASE_URL = env.str("TELEGRAM_BASE_URL", default="https://api.telegram.org")

# Languages
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = sorted(
    folder for app in ("assistant", "integrations", "dashboard") for folder in (BASE_DIR / app).rglob("locale")
)
USE_I18N = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

# Files and pages
STATIC_URL = "/static/"
STATIC_ROOT = private_folder(DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("httpx", "httpcore", "rq", "rq.worker", "axes", "telegram", "faiss.loader")
    },
}
