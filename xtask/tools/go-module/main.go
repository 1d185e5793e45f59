// Command go-module packs a Go module as a module proxy serves it: main.go SOURCE MODULE VERSION LICENSE-DIR PROXY-DIR.
package main

import (
	"archive/zip"
	"encoding/json"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	log.SetFlags(0)
	source, module, version, licenses, proxy := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	dir := filepath.Join(proxy, filepath.FromSlash(module), "@v")
	must(os.MkdirAll(dir, 0o755))
	out, err := os.Create(filepath.Join(dir, version+".zip"))
	must(err)
	z := zip.NewWriter(out)
	add := func(from, name string) {
		text, err := os.ReadFile(from)
		must(err)
		w, err := z.Create(module + "@" + version + "/" + filepath.ToSlash(name))
		must(err)
		_, err = w.Write(text)
		must(err)
	}
	must(filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			// A directory with a go.mod of its own is another module.
			if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil && name != "." {
				return filepath.SkipDir
			}
			return nil
		}
		add(path, name)
		return nil
	}))
	names, err := filepath.Glob(filepath.Join(licenses, "LICENSE*"))
	must(err)
	for _, l := range names {
		add(l, filepath.Base(l))
	}
	must(z.Close())
	must(out.Close())
	mod, err := os.ReadFile(filepath.Join(source, "go.mod"))
	must(err)
	must(os.WriteFile(filepath.Join(dir, version+".mod"), mod, 0o644))
	info, err := json.Marshal(map[string]string{"Version": version})
	must(err)
	must(os.WriteFile(filepath.Join(dir, version+".info"), info, 0o644))
	must(os.WriteFile(filepath.Join(dir, "list"), []byte(strings.TrimSpace(version)+"\n"), 0o644))
}

func must(err error) {
	if err != nil {
		log.Fatal("go-module: ", err)
	}
}
