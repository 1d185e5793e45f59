# frozen_string_literal: true

module Aerocodes
  rules = Tables::RULES.lines(chomp: true).map(&:freeze)

  # Three answers and a rule, by row of a condition, operation and flag.
  #
  # @api private
  ADVICE = Tables::ADVICE.each_line(chomp: true).map do |line|
    line.split('|').map do |cell|
      *answers, rule = cell.chars.map(&:to_i)
      [*answers.map { |a| ANSWERS[a] }, rules[rule]].freeze
    end.freeze
  end.freeze
  private_constant :ADVICE
end
