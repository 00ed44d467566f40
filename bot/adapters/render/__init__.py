"""The report model as PDF, DOCX, XLSX and JSON."""
