//! Whole columns of Aerospike codes.
