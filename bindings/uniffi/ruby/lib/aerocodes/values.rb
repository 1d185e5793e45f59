# frozen_string_literal: true

module Aerocodes
  # What a value is made of: it is frozen from the beginning.
  #
  # @api private
  module Frozen
    def initialize(*)
      super
      freeze
    end
  end

  # The answers to a yes-or-no question that may have no plain answer, by their number in the table.
  ANSWERS = %i[unknown no depends yes].freeze

  # The three predicates: +:yes+, +:no+, +:depends+ or +:unknown+ each.
  Predicates = Struct.new(:retryable, :maybe_applied) do
    include Frozen

    # @return [Symbol] retryable, and surely not applied
    def retryable_not_applied
      not_applied = { yes: :no, no: :yes }.fetch(maybe_applied, maybe_applied)
      %i[no unknown depends].find { |a| [retryable, not_applied].include?(a) } || :yes
    end
  end

  # A kind of condition, such as security or secondary index: an open set with permanent ids.
  Category = Struct.new(:id, :key, :title) do
    include Frozen

    # @return [String] the key
    def to_s
      key
    end

    # @return [Category] the category of an id; the unknown one for an id not given yet
    def self.of(id)
      all[id] || all[0]
    end

    # @return [Array<Category>] all categories, by id
    def self.all
      @all ||= Tables::CATEGORIES.each_line(chomp: true).with_index.map { |l, i| new(i, *l.split('|')) }.freeze
    end
  end

  # What a program was doing when it met a code: an open set with permanent ids.
  Operation = Struct.new(:id, :key, :title, :mutates, :idempotent) do
    include Frozen

    # @return [String] the key
    def to_s
      key
    end

    # @return [Array<Operation>] all operations, by id
    def self.all
      @all ||= Tables::OPERATIONS.each_line(chomp: true).with_index.map do |l, i|
        key, title, mutates, idempotent = l.split('|')
        new(i, key, title, mutates == '1', idempotent == '1')
      end.freeze
    end

    # @param key [Symbol, String, Operation] an underscore does for the hyphen
    # @raise [Error] when there is none
    def self.from(key)
      return key if key.is_a?(Operation)

      wanted = key.to_s.scrub.downcase.tr('_', '-')
      all.find { |o| o.key == wanted } ||
        raise(Error, "no operation has the key #{key.to_s.scrub[0, 64].inspect}; known are #{all.join(', ')}")
    end
  end

  # The long texts of a condition.
  Texts = Struct.new(:cause, :remedy, :reason, :keywords, :sources, :docs, :subcodes) { include Frozen }

  # A server's refinement of a code: meaningful only with its condition.
  Subcode = Struct.new(:value, :name, :summary) { include Frozen }

  # What happened, independent of any dialect: the currency to branch on. {Conditions} names them.
  class Condition
    # @return [Integer] the permanent id, from 1
    attr_reader :id
    # @return [String] the permanent name, such as +"TIMEOUT"+
    attr_reader :name
    # @return [Category] its kind
    attr_reader :category
    # @return [Symbol] who raises it: +:server+, +:client+ or +:either+
    attr_reader :origin
    # @return [Predicates] whatever the operation; see {Code#advise} for one operation
    attr_reader :predicates
    # @return [String] one sentence of at most 80 characters
    attr_reader :summary

    # @return [Array<Condition>] all conditions, by id
    def self.all
      @all ||= Tables::CONDITIONS.each_line(chomp: true).with_index.map { |l, i| new(i + 1, l.split('|')).freeze }.freeze
    end

    # @return [Condition, nil] the condition of an id; +nil+ for 0 and ids not given yet
    def self.of(id)
      id.positive? ? all[id - 1] : nil
    end

    # @return [Condition, nil] the condition of a name, in any case
    def self.named(name)
      wanted = name.to_s.scrub.upcase
      all.find { |c| c.name == wanted }
    end

    # @api private
    def initialize(id, fields)
      @id = id
      @name, category, origin, enterprise, retryable, applied, @summary, advice = fields
      @advice_row = advice.to_i
      @category = Category.of(category.to_i)
      @origin = origin.to_sym
      @enterprise = enterprise == '1'
      @predicates = Predicates.new(ANSWERS[retryable.to_i], ANSWERS[applied.to_i])
    end

    # @api private
    attr_reader :advice_row

    # @return [Boolean] whether it occurs in the server's enterprise edition only
    def enterprise?
      @enterprise
    end

    # @return [Texts] causes, remedies, reasons and where they were read
    def texts
      Native.texts(id)
    end

    # @return [Array<Reading>] every spelling of this condition, in all dialects
    def readings
      Dialect.rows.select { |r| r.condition.equal?(self) }
    end

    # @return [String] the name
    def to_s
      name
    end

    # @return [String] for people who debug
    def inspect
      "#<Aerocodes::Condition #{name}>"
    end
  end
end
