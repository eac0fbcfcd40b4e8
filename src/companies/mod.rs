//! Companies (企业): investors by name and credit code, and when two names are the same company.
