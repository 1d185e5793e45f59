# frozen_string_literal: true

# The one small program, in Ruby: see examples/README.md.
require 'aerocodes'

abort 'usage: explain CODES TRACE' unless ARGV.size == 2
codes, trace = ARGV

File.foreach(codes, chomp: true).reject(&:empty?).each do |line|
  key, number = line.split
  code = Aerocodes.dialect(key).code(Integer(number, 10))
  reading = code.lookup
  puts "#{code} #{reading.name || '-'} = #{reading.condition || '-'} [#{reading.category}]"
  puts "  #{reading.summary || '-'}"
  a = code.advise(:write)
  puts "  write: retry #{a.retryable}, applied #{a.maybe_applied}, safe #{a.retryable_not_applied}"
  t = code.translate(Aerocodes::GO)
  puts "  go: #{t.kind} #{t.targets.empty? ? '-' : t.targets.map(&:value).join(', ')}"
end

Aerocodes.recognize(File.read(trace, encoding: 'UTF-8')).each do |f|
  puts "#{'  ' if f.nested?}found #{f.dialect || '?'}:#{f.value || '-'} #{f.condition || '-'}"
end
