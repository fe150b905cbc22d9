"""The questionnaire after a case: the report's four parameters of service, answered apart from the person's data."""
