# frozen_string_literal: true

module Aerocodes
  # A dialect and a number: any pair is a code, known or not.
  Code = Struct.new(:dialect, :value) do
    include Frozen

    # @return [Reading] what it means as of the newest release, or as of +release+
    def lookup(release = nil)
      dialect.lookup(value, release)
    end

    # @return [Array<Reading>] every reading of this code, the best as of the newest release first
    def readings
      dialect.readings.select { |r| r.value == value }
    end

    # @return [Translation] the same in the terms of another dialect
    def translate(to)
      Aerocodes.translate(self, to)
    end

    # @return [Advice] what to do about it, met while doing an operation
    def advise(operation, in_doubt = nil)
      Aerocodes.advise(self, operation, in_doubt)
    end

    # @return [String] such as +"java:-8"+
    def to_s
      "#{dialect}:#{value}"
    end
  end

  # One meaning of one code. A number that nobody uses has a reading too: without a name and a condition.
  class Reading
    # @return [Dialect] the dialect it is in
    attr_reader :dialect
    # @return [Integer] the number
    attr_reader :value
    # @return [String, nil] the dialect's name for it
    attr_reader :name
    # @return [Condition, nil] what happened; +nil+ when nothing is known
    attr_reader :condition
    # @return [String, nil] first release in which it held
    attr_reader :since
    # @return [String, nil] last release in which it held; +nil+ while it does
    attr_reader :until
    # @return [String, nil] release in which the code itself appeared, where that is documented
    attr_reader :introduced

    # @api private
    def initialize(dialect, value, row = nil, fields = nil)
      @dialect = dialect
      @value = value
      @row = row
      @flags = 0
      return unless fields

      name, condition, flags, since, ended, introduced = fields
      @name = name unless name.empty?
      @condition = Condition.of(condition.to_i)
      @flags = flags.to_i
      @since = since
      @until = ended unless ended.nil? || ended.empty?
      @introduced = introduced unless introduced.nil? || introduced.empty?
    end

    # @return [Code] dialect and number
    def code
      Code.new(dialect, value)
    end

    # @return [Boolean] whether anything is known about it
    def known?
      !@row.nil?
    end

    # @return [Category] the condition's kind; for an unknown number that of the dialect's number range
    def category
      condition ? condition.category : dialect.category_of(value)
    end

    # @return [Boolean] whether this is the name to use for the code today
    def primary?
      @flags.anybits?(1)
    end

    # @return [Boolean] whether it ended before the newest release read
    def retired?
      @flags.anybits?(2)
    end

    # @return [Boolean] whether it is documented, but not what the software does
    def wrong?
      @flags.anybits?(4)
    end

    # @return [Boolean] whether it occurs in the server's enterprise edition only
    def enterprise?
      @flags.anybits?(8)
    end

    # @return [Symbol] who raises it: +:server+, +:client+, +:either+ or +:unknown+
    def origin
      condition ? condition.origin : :unknown
    end

    # @return [Predicates] all +:unknown+ when nothing is known
    def predicates
      condition ? condition.predicates : Predicates.new(:unknown, :unknown)
    end

    # @return [String, nil] the condition's summary
    def summary
      condition&.summary
    end

    # @return [String, nil] what users must know about this very row; +nil+ for most
    def erratum
      @flags.anybits?(16) ? Native.erratum(@row) : nil
    end

    # @return [Boolean] whether both are the same row, or unknown with the same code
    def ==(other)
      other.is_a?(Reading) && (known? ? equal?(other) : !other.known? && other.code == code)
    end
    alias eql? ==

    # @return [Integer] the same for equal readings
    def hash
      [dialect.id, value, @row].hash
    end

    # @return [String] such as +"java:9 TIMEOUT"+
    def to_s
      name ? "#{code} #{name}" : code.to_s
    end

    # @return [String] for people who debug
    def inspect
      "#<Aerocodes::Reading #{self}>"
    end
  end

  # One numbering of status codes: a client's, the server's, or a legacy or log-only one.
  class Dialect
    # @return [Integer] the permanent id
    attr_reader :id
    # @return [String] what users type, such as +"java"+ or +"nodejs-1.0"+
    attr_reader :key
    # @return [String] for people, such as "Java client"
    attr_reader :title
    # @return [String] the software whose releases the release ranges of this dialect speak of
    attr_reader :software
    # @return [Symbol] +:current+, +:legacy+ or +:log+
    attr_reader :kind
    # @return [Array<String>] the first and the newest release that were read
    attr_reader :covered
    # @return [Array<String>] other keys that mean this dialect
    attr_reader :aliases
    # @return [Array<Reading>] every reading, by number, the best as of the newest release first
    attr_reader :readings

    # @return [Array<Dialect>] all dialects, by id
    def self.all
      @all
    end

    # @api private
    def self.rows
      @rows
    end

    # @api private
    def self.of(id)
      @all.fetch(id)
    end

    # @api private
    def self.readings(value)
      raise TypeError, "a code is an Integer, not #{value.class}" unless value.is_a?(Integer)

      @by_value.fetch(value, [].freeze)
    end

    # Names are ASCII: a letter beyond is never the same as one of theirs, whatever its case.
    #
    # @api private
    def self.spelled(text)
      raise TypeError, "a text is a String, not #{text.class}" unless text.respond_to?(:to_str)

      text = text.to_str
      return [].freeze if text.bytesize > @longest_name * 4

      text = text.encode(Encoding::UTF_8, invalid: :replace, undef: :replace)
      @by_name[text] || @by_folded.fetch(text.scrub('?').downcase(:ascii), [].freeze)
    end

    # @param key [String, Symbol] in a Symbol underscores do for hyphens and dots: +:python_native+, +:nodejs_1_0+
    # @return [Dialect, nil] the dialect that a key or an alias names, in any case
    def self.find(key)
      wanted = key.to_s.scrub.downcase
      @all.find { |d| d.key == wanted } || @all.find { |d| d.aliases.include?(wanted) } ||
        (@all.find { |d| d.key.tr('.-', '__') == wanted } if key.is_a?(Symbol))
    end

    # @api private
    def initialize(id, fields, first_row)
      @id = id
      @key, @title, @software, kind, first, newest, aliases, ranges = fields
      @kind = kind.to_sym
      @covered = [first, newest].freeze
      @aliases = aliases.split(',').freeze
      @ranges = ranges.to_s.split(';').map { |r| r.split(',').map(&:to_i) }.freeze
      @readings = Tables::READINGS[id].each_line(chomp: true).with_index.map do |line, i|
        value, *rest = line.split('|')
        Reading.new(self, value.to_i, first_row + i, rest).freeze
      end.freeze
      @best = @readings.reverse_each.to_h { |r| [r.value, r] }.freeze
      freeze
    end

    # What +value+ means in this dialect: one hash access as of the newest release, or as of +release+ of its software; a
    # short release such as +"4.1"+ means its line.
    #
    # @param value [Integer]
    # @return [Reading]
    # @raise [Error] when +release+ is not one to four numbers with dots
    # @raise [TypeError] when +value+ is not an Integer
    def lookup(value, release = nil)
      return Native.lookup_at(self, value, release) if release

      @best[value] || unknown(value)
    end
    alias [] lookup

    # @return [Code] the code of a number
    def code(value)
      Code.new(self, value)
    end

    # @return [Category] the category of a number without a name: from the dialect's number ranges
    def category_of(value)
      range = @ranges.find { |from, to, _| value.between?(from, to) }
      Category.of(range ? range[2] : 0)
    end

    # @param values [Array<Integer>] 32-bit numbers
    # @return [Array<Integer>] a condition id for each, 0 where nothing is known
    def decode(values)
      Native.decode(self, values)
    end

    # @return [String] the key
    def to_s
      key
    end

    # @return [String] for people who debug
    def inspect
      "#<Aerocodes::Dialect #{key}>"
    end

    # @api private
    def unknown(value)
      raise TypeError, "a code is an Integer, not #{value.class}" unless value.is_a?(Integer)

      Reading.new(self, value).freeze
    end

    # Made at once, so that threads find it complete.
    first_row = 0
    @all = Tables::DIALECTS.each_line(chomp: true).with_index.map do |line, i|
      dialect = new(i, line.split('|'), first_row)
      first_row += dialect.readings.size
      dialect
    end.freeze
    @rows = @all.flat_map(&:readings).freeze
    # Likeliest first: what is said today, in older releases, in legacy numberings, in logs, and what is documented but wrong.
    tier = lambda do |r|
      next 4 if r.wrong?

      { log: 3, legacy: 2 }.fetch(r.dialect.kind) { r.retired? ? 1 : 0 }
    end
    @by_value = @rows.group_by(&:value).transform_values { |rs| rs.sort_by.with_index { |r, i| [tier.call(r), i] }.freeze }.freeze
    @by_name = @rows.select(&:name).group_by(&:name).each_value(&:freeze).freeze
    @by_folded = @rows.select(&:name).group_by { |r| r.name.downcase(:ascii) }.each_value(&:freeze).freeze
    @longest_name = @by_name.keys.map(&:size).max
    Condition.all && Category.all && Operation.all
  end
end
