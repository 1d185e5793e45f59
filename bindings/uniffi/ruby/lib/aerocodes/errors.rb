# frozen_string_literal: true

module Aerocodes
  # An exception of the official Ruby client together with what its code means.
  #
  #   rescue StandardError => e
  #     retry if Aerocodes.of(e)&.advise(:read)&.retryable == :yes
  #     raise
  Caught = Struct.new(:exception, :reading, :in_doubt) do
    include Frozen

    # @return [Condition, nil] what happened; +nil+ for a code that nobody knows
    def condition
      reading.condition
    end

    # @return [Advice] what to do about it, with the client's in-doubt flag
    def advise(operation)
      reading.code.advise(operation, in_doubt)
    end
  end

  # What the first Aerospike exception among +exception+ and its causes means.
  #
  # The official client's exceptions are known by their shape, an exception with an Integer +result_code+, so this gem does
  # not depend on the client.
  #
  # @return [Caught, nil] +nil+ when there is none
  def self.of(exception)
    100.times do
      return nil if exception.nil?

      if exception.is_a?(Exception) && exception.respond_to?(:result_code) && exception.result_code.is_a?(Integer)
        flag = %i[in_doubt? in_doubt].find { |m| exception.respond_to?(m) }
        doubt = flag && exception.public_send(flag)
        return Caught.new(exception, RUBY.lookup(exception.result_code), doubt)
      end
      exception = exception.respond_to?(:cause) ? exception.cause : nil
    end
    nil
  end

  # For +rescue+: the exceptions of the official client that have one of these conditions.
  #
  #   begin
  #     client.get(key)
  #   rescue Aerocodes.any(Aerocodes::Conditions::TIMEOUT, Aerocodes::Conditions::KEY_BUSY) => e
  #     …
  #   end
  #
  # @return [Module] what +rescue+ takes
  def self.any(*conditions)
    raise ArgumentError, 'name at least one condition' if conditions.empty? || conditions.any? { |c| !c.is_a?(Condition) }

    Module.new do
      define_singleton_method(:===) { |e| conditions.include?(Aerocodes.of(e)&.condition) }
    end
  end
end
