"""The building blocks of records: fields, rules, problem types and kinds, independent of students and staff."""
