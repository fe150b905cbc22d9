"""Tests of ``connectors.crm`` and the migrations."""
