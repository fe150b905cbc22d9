"""The CRM for other systems: a REST API in the manner of Zammad's ``/api/v1``."""
