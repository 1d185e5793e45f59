module github.com/aerocodes/aerocodes/bindings/go

go 1.23
