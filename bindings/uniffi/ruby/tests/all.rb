# frozen_string_literal: true

# Run against the installed gem: it is found by its name, not beside this file.
require 'minitest/autorun'
require 'json'
require 'aerocodes'

# bindings/vectors.json, which every language is held to.
class VectorsTest < Minitest::Test
  VECTORS = JSON.parse(File.read(ENV.fetch('AEROCODES_VECTORS'), encoding: 'UTF-8'))

  def rows(section)
    refute_empty VECTORS[section]
    VECTORS[section]
  end

  def code(row)
    Aerocodes.dialect(row[0]).code(row[1])
  end

  def test_the_gem_is_the_installed_one
    assert_includes $LOADED_FEATURES.grep(%r{/aerocodes\.rb\z}).first, '/gems/aerocodes-'
  end

  def test_lists
    assert_equal VECTORS['dialects'], Aerocodes.dialects.map(&:key)
    assert_equal VECTORS['conditions'], Aerocodes::Condition.all.map(&:name)
    assert_equal VECTORS['operations'], Aerocodes::Operation.all.map(&:key)
    assert_equal VECTORS['categories'], Aerocodes::Category.all.map(&:key)
  end

  def test_lookups
    rows('lookups').each do |row|
      r = code(row).lookup
      p = r.predicates
      got = [r.dialect.key, r.value, r.name, r.condition.id, r.category.key, r.origin.to_s, r.enterprise? ? 'enterprise' : 'any',
             r.since, r.until, r.primary?, [p.retryable, p.maybe_applied, p.retryable_not_applied].map(&:to_s)]
      assert_equal row, got
    end
  end

  def test_releases
    rows('at').each do |row|
      r = code(row).lookup(row[2])
      assert_equal row, [r.dialect.key, r.value, row[2], r.name, r.condition ? r.condition.id : 0]
    end
  end

  def test_unknown
    rows('unknown').each do |row|
      r = code(row).lookup
      assert_equal [row, false, nil, nil], [[r.dialect.key, r.value, r.category.key], r.known?, r.name, r.condition]
    end
  end

  def test_translations
    rows('translations').each do |row|
      Aerocodes.dialects.each do |to|
        t = code(row).translate(to)
        kind, values = row[2].fetch(to.key, ['none', []])
        assert_equal [kind, values], [t.kind.to_s, t.targets.map(&:value)], "#{row[0]}:#{row[1]} in #{to}"
        refute_empty t.reason
      end
    end
  end

  def test_advice
    rows('advice').each do |row|
      row[2].each_with_index do |doubts, op|
        [nil, false, true].each_with_index do |doubt, i|
          a = code(row).advise(Aerocodes::Operation.all[op], doubt)
          assert_equal doubts[i], [a.retryable, a.maybe_applied, a.retryable_not_applied].map { |x| x[0] }.join
        end
      end
    end
  end

  def test_names
    rows('names').each { |row| assert_equal row[1], Aerocodes.find(row[0]).map { |r| [r.dialect.key, r.value] } }
  end

  def test_readings
    rows('readings').each { |row| assert_equal row, [row[0], Aerocodes.readings(row[0]).size] }
  end

  def test_searches
    rows('searches').each { |row| assert_equal row[1], Aerocodes.search(row[0]).first.condition.name, row[0] }
  end

  def test_decode
    (rows('lookups') + rows('unknown')).group_by(&:first).each do |key, column|
      d = Aerocodes.dialect(key)
      values = column.map { |row| row[1] }
      assert_equal values.map { |v| d[v].condition ? d[v].condition.id : 0 }, d.decode(values)
    end
  end
end

# The official client cannot be installed where this runs: exceptions of the same shape.
module Aerospike
  module Exceptions
    class Aerospike < StandardError
      attr_reader :result_code

      def initialize(result_code, message = nil)
        @result_code = result_code
        super(message)
      end
    end

    class Timeout < Aerospike
      def initialize
        super(9)
      end
    end
  end
end

class ErrorsTest < Minitest::Test
  C = Aerocodes::Conditions

  def test_the_shape_of_the_official_client
    caught = Aerocodes.of(Aerospike::Exceptions::Timeout.new)
    assert_same C::TIMEOUT, caught.condition
    assert_nil caught.in_doubt
    assert_equal :yes, caught.advise(:write).maybe_applied
    unknown = Aerocodes.of(Aerospike::Exceptions::Aerospike.new(4711))
    assert_equal [4711, nil], [unknown.reading.value, unknown.condition]
  end

  def test_causes
    error = assert_raises(RuntimeError) do
      raise Aerospike::Exceptions::Aerospike.new(14, 'hot key')
    rescue StandardError
      raise 'cart not saved'
    end
    assert_same C::KEY_BUSY, Aerocodes.of(error).condition
  end

  def test_other_exceptions
    assert_nil Aerocodes.of(nil)
    assert_nil Aerocodes.of(StandardError.new('Error 9'))
    assert_nil Aerocodes.of(Aerospike::Exceptions::Aerospike.new(nil))
  end

  def test_rescue
    hit = begin
      raise Aerospike::Exceptions::Timeout
    rescue Aerocodes.any(C::KEY_BUSY)
      :wrong
    rescue Aerocodes.any(C::KEY_BUSY, C::TIMEOUT)
      :right
    end
    assert_equal :right, hit
    assert_raises(ArgumentError) { Aerocodes.any(9) }
  end
end

class InputTest < Minitest::Test
  LINE = "é😀 com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key\n"

  def test_constants
    assert_equal 602, Aerocodes::Codes::NodeJs10::AEROSPIKE_ERR_RECORD_NOT_FOUND
    assert_same Aerocodes::Conditions::RECORD_NOT_FOUND, Aerocodes::NODEJS_1_0[602].condition
  end

  def test_extreme_numbers_are_values
    [-2**31, 2**31 - 1, -2**31 - 1, 2**31, 2**70, -2**70].each do |v|
      Aerocodes.dialects.each do |d|
        r = d[v]
        assert_equal [v, nil, nil, false], [r.value, r.name, r.condition, r.known?]
        assert_equal r, d.lookup(v, '1.0')
        assert_equal :none, r.code.translate(:go).kind
        assert_equal :unknown, r.code.advise(:write).retryable
      end
      assert_empty Aerocodes.readings(v)
    end
    assert_raises(RangeError) { Aerocodes::JAVA.decode([2**31]) }
  end

  def test_what_is_no_number_is_refused
    [nil, '9', 9.0, :nine, [], Object.new].each do |v|
      assert_raises(TypeError) { Aerocodes::JAVA[v] }
      assert_raises(TypeError) { Aerocodes.readings(v) }
    end
    [nil, 9, []].each { |v| assert_raises(TypeError) { Aerocodes.recognize(v) } }
  end

  def test_wrong_text_is_answered_or_refused_with_a_reason
    ['', 'v', '1..2', '65535', "\xFF", 'x' * 1_000_000].each do |release|
      e = assert_raises(Aerocodes::Error) { Aerocodes::JAVA.lookup(11, release) }
      assert_operator e.message.size, :<, 500
    end
    assert_includes assert_raises(Aerocodes::Error) { Aerocodes.dialect('cobol') }.message, 'nodejs-1.0'
    assert_raises(Aerocodes::Error) { Aerocodes.dialect(nil) }
    assert_raises(Aerocodes::Error) { Aerocodes::JAVA.code(9).advise(:dance) }
    ['', "\0", "\xFF\xFE", "a\x80".b, 'Error'.encode('UTF-16LE'), LINE * 20_000].each do |text|
      assert_empty Aerocodes.find(text)
      Aerocodes.search(text)
      Aerocodes.recognize(text)
    end
  end

  def test_ranges_count_characters
    found = Aerocodes.recognize(LINE * 1000)
    assert_equal 1000, found.size
    text = LINE * 1000
    assert_includes text[found.last.range], '14'
    assert_equal Aerocodes::JAVA.code(14), found.last.code
    broken = "\xFF\xFF#{LINE}"
    assert_includes broken[Aerocodes.recognize(broken).first.range], '14'
  end

  def test_in_doubt_is_told_apart
    shape = 'ResultCode: KEY_BUSY, Iteration: 1, InDoubt: %s, Node: BB9030011AC4202 10.0.0.9:3000: Hot key'
    assert_equal [[false], [true]], %w[false true].map { |x| Aerocodes.recognize(format(shape, x)).map(&:in_doubt) }
  end

  def test_texts
    refute_empty Aerocodes::Conditions::TIMEOUT.texts.cause
    refute_empty Aerocodes::Conditions::FORBIDDEN.texts.subcodes
    assert(Aerocodes.dialects.flat_map(&:readings).any?(&:erratum))
  end

  def test_many_threads
    threads = Array.new(16) do
      Thread.new do
        100.times { |i| [Aerocodes.recognize(LINE).size, Aerocodes::JAVA[9].name, Aerocodes::C.code(i).advise(:write).rule.empty?] }
        Aerocodes.search('hot key').first.condition
      end
    end
    assert_equal [Aerocodes::Conditions::KEY_BUSY], threads.map(&:value).uniq
  end

  # Calls across the boundary leave nothing behind: ten million under --full, fewer in the gate.
  def test_nothing_leaks
    calls = Integer(ENV.fetch('AEROCODES_CALLS', '50000'))
    skip 'no /proc here' unless File.exist?('/proc/self/status')
    resident = -> { GC.start; File.read('/proc/self/status')[/VmRSS:\s+(\d+)/, 1].to_i }
    work = lambda do |times|
      times.times do |i|
        case i & 3
        when 0 then Aerocodes::JAVA.code(i & 255).advise(:write)
        when 1 then Aerocodes::C.code(i & 255).translate(:go)
        when 2 then Aerocodes::JAVA.lookup(11, '4.1.1')
        else Aerocodes.recognize(LINE)
        end
      end
    end
    work.call(10_000)
    before = resident.call
    work.call(calls)
    grown = resident.call - before
    assert_operator grown, :<, 60_000, "#{calls} calls left #{grown} KB"
  end
end

Minitest.after_run do
  # In words that are counted with the other languages' results.
  reporter = ObjectSpace.each_object(Minitest::StatisticsReporter).first
  bad = reporter.failures + reporter.errors
  puts "#{reporter.count - bad - reporter.skips} passed, #{bad} failed, #{reporter.skips} skipped"
end
