# frozen_string_literal: true

module Aerocodes
  # The release of this gem.
  VERSION = '0.1.0'
end
