"""The service as WSGI servers find it."""

from geoapp import create_app

app = create_app()
