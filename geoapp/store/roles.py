"""The role of the public doors, known to those who connect without the tables, which take long to import."""

PUBLIC_ROLE = "geoapp_public"
