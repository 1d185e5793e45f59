"""Explains what the real client raises when nobody listens: `pip install aerospike aerocodes`."""

import sys

import aerospike

import aerocodes


def main(port: int) -> None:
    try:
        aerospike.client({"hosts": [("127.0.0.1", port)]}).connect()
    except aerospike.exception.AerospikeError as error:
        print(aerocodes.explain(error))
        print(aerocodes.advise(error, "read"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
