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

  # The client's flag, where a release has one, decides for a write.
  def test_in_doubt
    doubtful = Class.new(Aerospike::Exceptions::Aerospike) { attr_accessor :in_doubt }
    answers = [true, false].map do |flag|
      Aerocodes.of(doubtful.new(9).tap { |e| e.in_doubt = flag }).advise(:write).maybe_applied
    end
    assert_equal %i[yes no], answers
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
    [nil, 9, []].each do |v|
      assert_raises(TypeError) { Aerocodes.recognize(v) }
      assert_raises(TypeError) { Aerocodes.find(v) }
      assert_raises(TypeError) { Aerocodes.search(v) }
      assert_raises(TypeError) { Aerocodes.translate(v, :go) }
      assert_raises(TypeError) { Aerocodes.advise(v, :write) }
    end
    [nil, 9, '9', [nil], ['9']].each { |v| assert_raises(TypeError) { Aerocodes::JAVA.decode(v) } }
    assert_equal Aerocodes.translate(Aerocodes::JAVA.code(9), :go), Aerocodes.translate(Aerocodes::JAVA[9], :go)
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
    refute_nil found.last.first_release
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

  def test_values_are_frozen
    code = Aerocodes::JAVA.code(9)
    values = [code, code.lookup, code.lookup.condition, code.translate(:go), code.translate(:go).targets, code.advise(:write),
              Aerocodes.search('hot key').first, Aerocodes.recognize(LINE).first, Aerocodes.recognize(LINE).first.candidates,
              Aerocodes::Conditions::TIMEOUT.texts, Aerocodes::Conditions::TIMEOUT.texts.sources, Aerocodes.readings(9),
              Aerocodes.find('TIMEOUT'), Aerocodes.dialects, Aerocodes::Condition.all,
              Aerocodes.of(Aerospike::Exceptions::Timeout.new)]
    assert_empty(values.reject(&:frozen?))
    assert_raises(FrozenError) { code.value = 3 }
  end

  def test_symbols_and_strings_name_the_same
    assert_same Aerocodes::NODEJS_1_0, Aerocodes.dialect(:nodejs_1_0)
    assert_same Aerocodes::PYTHON_NATIVE, Aerocodes.dialect(:python_native)
    assert_same Aerocodes.dialect('C#'), Aerocodes.dialect(:csharp)
    assert_equal Aerocodes.lookup(:java, 9), Aerocodes::JAVA[9]
    assert_equal Aerocodes::JAVA.code(9).advise('idempotent-write'), Aerocodes::JAVA.code(9).advise(:idempotent_write)
  end
end

# What the gem answers itself is what the native library answers, and nothing stays behind of the calls that cross.
class BoundaryTest < Minitest::Test
  CALLS = Integer(ENV.fetch('AEROCODES_CALLS', '100000'))
  LINE = InputTest::LINE

  def setup
    Aerocodes.recognize('') # loads the native library
    @random = Random.new(20_260_101)
  end

  def number
    case @random.rand(3)
    when 0 then Aerocodes::Dialect.rows.sample(random: @random).value
    when 1 then @random.rand(3000) - 500
    else @random.rand(2**32) - 2**31
    end
  end

  def test_advice
    native = AerocodesNative::NativeAnswer
    words = { native::YES => :yes, native::NO => :no, native::DEPENDS => :depends, native::UNKNOWN => :unknown }
    Aerocodes.dialects.product(Aerocodes::Operation.all, [[-1, nil], [0, false], [1, true]]) do |d, operation, (flag, doubt)|
      (d.readings.map(&:value) + [number, number]).uniq.each do |value|
        a = AerocodesNative.native_advise(d.id, value, operation.id, flag)
        ours = d.code(value).advise(operation, doubt)
        assert_equal [*[a.retryable, a.maybe_applied, a.retryable_not_applied].map { |x| words.fetch(x) }, a.rule],
                     [ours.retryable, ours.maybe_applied, ours.retryable_not_applied, ours.rule]
      end
    end
  end

  def test_readings_and_names
    rows = Aerocodes::Dialect.rows
    names = rows.map(&:name).compact
    (CALLS / 50).times do
      value = number
      assert_equal AerocodesNative.native_readings(value).map { |i| rows[i] }, Aerocodes.readings(value)
      spelling = names.sample(random: @random).each_char.map { |c| @random.rand(4).zero? ? c.swapcase : c }.join
      text = [names.sample(random: @random), spelling, spelling, spelling[1..], "#{spelling} ", spelling.tr('Kk', "\u212A")].sample(random: @random)
      assert_equal AerocodesNative.native_find(text).map { |i| rows[i] }, Aerocodes.find(text), text
    end
  end

  # Half of the calls recognise a short text, from eight threads.
  def test_nothing_leaks
    skip 'no /proc here' unless File.exist?('/proc/self/status')
    resident = lambda do
      3.times { GC.start }
      File.read('/proc/self/status')[/VmRSS:\s+(\d+)/, 1].to_i
    end
    threads = 8
    work = lambda do |times|
      Array.new(threads) do |t|
        Thread.new do
          t.step(times - 1, threads) do |i|
            case i / threads & 7
            when 0 then Aerocodes::C.code(i & 255).translate(:go)
            when 1 then AerocodesNative.native_advise(5, i & 255, 1, -1)
            when 2 then AerocodesNative.native_readings(i & 255)
            when 3 then Aerocodes::JAVA.lookup(11, '4.1.1')
            when 4 then AerocodesNative.native_find('no such name')
            when 5 then Aerocodes.recognize("nothing to see in line #{i}")
            else raise 'not found' unless Aerocodes.recognize(LINE).first.value == 14
            end
          end
        end
      end.each(&:join)
    end
    work.call([50_000, CALLS / 20].max)
    before = resident.call
    work.call(CALLS)
    grown = resident.call - before
    puts "#{CALLS} calls over the boundary from #{threads} threads: resident memory #{before} KB after warming up, grown by #{grown} KB"
    # Eight bytes a call, or what the allocator keeps for each thread.
    assert_operator grown, :<, [24_000, CALLS / 128].max
  end
end

Minitest.after_run do
  # In words that are counted with the other languages' results.
  reporter = ObjectSpace.each_object(Minitest::StatisticsReporter).first
  bad = reporter.failures + reporter.errors
  puts "#{reporter.count - bad - reporter.skips} passed, #{bad} failed, #{reporter.skips} skipped"
end
