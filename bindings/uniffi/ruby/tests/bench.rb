# frozen_string_literal: true

# Times the hot lookup beside Hash#[] over the same numbers.
require 'aerocodes'

java = Aerocodes::JAVA
table = java.readings.reverse.to_h { |r| [r.value, r] }
random = Random.new(7)
numbers = Array.new(8192) { |i| i % 8 == 0 ? 300 + random.rand(100) : table.keys.sample(random: random) }
measure = lambda do |&block|
  Array.new(7) do
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
    10.times { numbers.each(&block) }
    (Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond) - start) / 10.0 / numbers.size
  end.min
end
ours = measure.call { |n| java[n] }
theirs = measure.call { |n| table[n] }
puts format('lookup %.0f ns, Hash#[] %.0f ns: %.2f x', ours, theirs, ours / theirs)
puts format('advise across the boundary %.0f ns', measure.call { |n| java.code(n).advise(:write) }) if ARGV.include?('--all')
