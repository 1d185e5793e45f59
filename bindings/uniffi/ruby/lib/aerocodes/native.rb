# frozen_string_literal: true

module Aerocodes
  # A code in another dialect's terms: +kind+ is +:exact+, +:folded+ or +:none+, +targets+ are readings, the best first.
  Translation = Struct.new(:from, :to, :kind, :targets, :reason) { include Frozen }

  # May I retry, may it have been applied, and why. The three answers are +:yes+, +:no+, +:depends+ or +:unknown+.
  Advice = Struct.new(:reading, :operation, :in_doubt, :retryable, :maybe_applied, :retryable_not_applied, :rule) do
    include Frozen

    # @return [String] why the condition's predicates are what they are; empty when nothing is known
    def reason
      reading.condition ? reading.condition.texts.reason : ''
    end
  end

  # A condition that a search found; the score is for comparison within one search only.
  Hit = Struct.new(:condition, :score) { include Frozen }

  # One raised error, found in a text. +range+ counts characters: +text[finding.range]+; the releases are those of the client
  # whose messages have this shape, +nil+ where that is open.
  Finding = Struct.new(:range, :dialect, :candidates, :value, :name, :condition, :subcode, :in_doubt, :node, :iteration,
                       :nested, :first_release, :last_release, :confidence, :why) do
    include Frozen

    # @return [Code, nil] its code, when dialect and number are known
    def code
      dialect && value ? Code.new(dialect, value) : nil
    end

    # @return [Boolean] whether it stands inside another finding
    def nested?
      nested
    end
  end

  # What crosses to the native library, which is loaded when the first of these is called.
  #
  # @api private
  module Native
    LIMITS = (-2**31..2**31 - 1).freeze
    KINDS = %i[none folded exact].freeze
    LOADING = Mutex.new
    @texts = {}.freeze

    class << self
      def library
        @library || LOADING.synchronize { @library ||= load_library }
      end

      def lookup_at(dialect, value, release)
        return dialect.unknown(value) unless fits?(value)

        row = library.native_lookup_at(dialect.id, value, text(release))
        raise Error, "#{release.to_s.scrub[0, 64].inspect} is no release; write one to four numbers with dots, as in 4.5.0.1" if row == -2

        row.negative? ? dialect.unknown(value) : Dialect.rows[row]
      end

      def search(words)
        library.native_search(text(words)).map { |h| Hit.new(Condition.of(h.condition), h.score) }
      end

      def translate(code, to)
        # A number beyond 32 bits is as unknown as the largest one.
        value = code.value.clamp(LIMITS)

        t = library.native_translate(code.dialect.id, value, to.id)
        Translation.new(code.lookup, to, KINDS.fetch(t.kind, :none), rows(t.targets), t.reason)
      end

      # The long texts are asked for once.
      def texts(condition)
        @texts[condition] || begin
          t = library.native_texts(condition)
          subcodes = t.subcodes.map { |s| Subcode.new(s.value, s.name, s.summary) }
          lists = [t.keywords, t.sources, t.docs, subcodes].map(&:freeze)
          found = Texts.new(t.cause, t.remedy, t.reason, *lists)
          LOADING.synchronize { @texts = @texts.merge(condition => found).freeze }
          found
        end
      end

      def erratum(row)
        library.native_erratum(row)
      end

      def decode(dialect, values)
        raise TypeError, "a column is an Array, not #{values.class}" unless values.respond_to?(:to_ary)

        values = values.to_ary
        values.each { |v| raise RangeError, "#{v} does not fit 32 bits" unless fits?(v) }
        library.native_decode(dialect.id, values.pack('l<*')).unpack('C*')
      end

      def recognize(string)
        library.native_recognize(text(string).b).map do |f|
          candidates = f.dialects.map { |id| Dialect.all[id] }.compact.freeze
          Finding.new(f.start_char...f.end_char, candidates.size == 1 ? candidates.first : nil, candidates, f.value, f.name,
                      Condition.of(f.condition), f.subcode, f.in_doubt, f.node, f.iteration, f.nested,
                      f.first_release, f.last_release, f.confidence, f.why)
        end
      end

      private

      def load_library
        require_relative 'aerocodes_native'
        rows = AerocodesNative.native_rows
        unless rows == Dialect.rows.size
          raise LoadError, "the native library of aerocodes has #{rows} readings, this gem #{Dialect.rows.size}: they are of different releases"
        end

        AerocodesNative
      end

      def rows(indexes)
        indexes.map { |i| Dialect.rows[i] }.freeze
      end

      def fits?(value)
        raise TypeError, "a code is an Integer, not #{value.class}" unless value.is_a?(Integer)

        LIMITS.cover?(value)
      end

      # What is no UTF-8 becomes question marks, one for each character, so that ranges stay right.
      def text(string)
        raise TypeError, "a text is a String, not #{string.class}" unless string.respond_to?(:to_str)

        s = string.to_str
        s = s.dup.force_encoding(Encoding::UTF_8) if s.encoding == Encoding::BINARY
        s = s.encode(Encoding::UTF_8, invalid: :replace, undef: :replace, replace: '?') unless s.encoding == Encoding::UTF_8
        s.valid_encoding? ? s : s.scrub('?')
      end
    end
  end
end
