# frozen_string_literal: true

require_relative 'aerocodes/version'
require_relative 'aerocodes/tables'
require_relative 'aerocodes/values'
require_relative 'aerocodes/dialect'
require_relative 'aerocodes/constants'
require_relative 'aerocodes/native'
require_relative 'aerocodes/advice'
require_relative 'aerocodes/errors'

# Every Aerospike status code, in every client's numbering.
#
#   Aerocodes::JAVA.lookup(-8).name     # => "SERVER_NOT_AVAILABLE"
#   Aerocodes::C[-8].name               # => "AEROSPIKE_ERR_INVALID_NODE"
#   Aerocodes::SERVER[88].name          # => nil: an unknown number is a value
module Aerocodes
  # What to raise for a key that no dialect has, or a text that is no release.
  class Error < ArgumentError; end

  class << self
    # @return [Array<Dialect>] all dialects, by id
    def dialects
      Dialect.all
    end

    # @param key [String, Symbol] a key or an alias, in any case
    # @return [Dialect]
    # @raise [Error] when no dialect has it; the message lists the keys
    def dialect(key)
      return key if key.is_a?(Dialect)

      Dialect.find(key) || raise(Error, "no dialect has the key #{key.to_s.scrub[0, 64].inspect}; known are #{Dialect.all.join(', ')}")
    end

    # @param release [String, nil] as of this release of the dialect's software; the newest without one
    # @return [Reading]
    def lookup(dialect, value, release = nil)
      dialect(dialect).lookup(value, release)
    end

    # @return [Array<Reading>] every reading of a bare number, in all dialects, the likeliest first
    def readings(value)
      Dialect.readings(value)
    end

    # @return [Array<Reading>] every reading with this spelling: as written, or in any case when no dialect has it as written
    def find(spelling)
      Dialect.spelled(spelling)
    end

    # @return [Array<Hit>] conditions that fit the words, the best first; typing errors are forgiven
    def search(words)
      Native.search(words)
    end

    # @param code [Code, Reading]
    # @param to [Dialect, String, Symbol]
    # @return [Translation] a code in the terms of another dialect
    # @raise [TypeError] when +code+ is neither
    def translate(code, to)
      Native.translate(code(code), dialect(to))
    end

    # @return [Array<Finding>] every raised error in a text, in order
    def recognize(text)
      Native.recognize(text)
    end

    # @param code [Code, Reading]
    # @param operation [Symbol, String, Operation] such as +:write+ or +:idempotent_write+
    # @param in_doubt [Boolean, nil] the client's in-doubt flag, +nil+ if it gave none
    # @return [Advice] what to do about a code met while doing an operation
    # @raise [TypeError] when +code+ is neither
    # @raise [Error] when there is no such operation
    def advise(code, operation, in_doubt = nil)
      operation = Operation.from(operation)
      reading = code(code).lookup
      row = reading.condition ? reading.condition.advice_row : 0
      flag = in_doubt.nil? ? 0 : (in_doubt ? 2 : 1)
      Advice.new(reading, operation, in_doubt, *ADVICE[row][operation.id * 3 + flag])
    end

    private

    def code(given)
      case given
      when Code then given
      when Reading then given.code
      else raise TypeError, "a Code or a Reading is needed, not #{given.class}"
      end
    end
  end
end
