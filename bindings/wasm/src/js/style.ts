import { sheet } from "./dom.js";

// Colours follow the page's `color-scheme`; every one is a custom property that a page may set.
export const style = sheet(`
:host{display:block;container-type:inline-size;color:var(--fg);font:var(--aerocodes-font,400 1rem/1.55 system-ui,sans-serif);text-align:start;
--fg:var(--aerocodes-text,light-dark(#1b2127,#e4eaf0));--dim:var(--aerocodes-muted,light-dark(#55606b,#a3afbb));--bg:var(--aerocodes-surface,light-dark(#fff,#14191f));
--alt:var(--aerocodes-surface-alt,light-dark(#f5f7f9,#1d242c));--line:var(--aerocodes-border,light-dark(#d5dbe1,#36404a));--edge:var(--aerocodes-field-border,light-dark(#7b8794,#7f8c99));--link:var(--aerocodes-accent,light-dark(#0a58a8,#78b9ff));
--good-bg:var(--aerocodes-good,light-dark(#def3e3,#143822));--good:var(--aerocodes-good-text,light-dark(#0e5426,#94e2a9));
--bad-bg:var(--aerocodes-bad,light-dark(#fde5e2,#431b18));--bad:var(--aerocodes-bad-text,light-dark(#8a1c17,#ffb8b0));
--warn-bg:var(--aerocodes-warn,light-dark(#fcefcd,#3c2e0a));--warn:var(--aerocodes-warn-text,light-dark(#664600,#f4d27c));
--mark-bg:var(--aerocodes-mark,light-dark(#ffe9a8,#5a4300));--r:var(--aerocodes-radius,.5rem);--mono:var(--aerocodes-mono,ui-monospace,SFMono-Regular,Menlo,Consolas,monospace)}
:host([hidden]){display:none}:host([theme=light]){color-scheme:light}:host([theme=dark]){color-scheme:dark}
*{box-sizing:border-box}[hidden]{display:none!important}
h3,h4,p,ul,dl,dd,pre{margin:0;padding:0}ul{list-style:none}
code,pre,.mono{font-family:var(--mono);font-size:.925em}code,td,.mono,h3,.h3,pre{overflow-wrap:anywhere}
a{color:var(--link)}button{font:inherit;color:inherit;cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:.25rem}
.vh{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.search{position:relative}label{display:block;font-weight:600;margin-block-end:.375rem}
.field{position:relative;display:flex}
input{flex:1;min-inline-size:0;font:inherit;font-size:1.0625rem;color:var(--fg);background:var(--bg);border:1px solid var(--edge);border-radius:var(--r);padding:.6875rem 3rem .6875rem .875rem;min-block-size:2.875rem}
input{text-overflow:ellipsis}input::placeholder{color:var(--dim)}input:focus-visible{outline-offset:-1px;border-radius:var(--r)}
.clear{position:absolute;inset-inline-end:.25rem;inset-block:.25rem;inline-size:2.375rem;border:0;background:none;color:var(--dim);font-size:1.25rem;line-height:1;border-radius:calc(var(--r) - .125rem)}.clear:hover{background:var(--alt);color:var(--fg)}
.hint,.dim{color:var(--dim);font-size:.875rem}.hint{margin-block-start:.375rem}
.list{position:absolute;z-index:10;inset-inline:0;inset-block-start:calc(100% - 1.5rem);max-block-size:21rem;overflow:auto;background:var(--bg);border:1px solid var(--line);border-radius:var(--r);box-shadow:0 .5rem 1.5rem rgb(0 0 0/.18);padding:.25rem}
.field+.list{inset-block-start:calc(100% + .25rem)}.field{z-index:11}
.list li{display:flex;flex-wrap:wrap;gap:0 .75rem;padding:.5rem .625rem;border-radius:calc(var(--r) - .125rem);cursor:pointer;min-block-size:2.5rem;align-items:baseline}
.list li[aria-selected=true]{background:var(--alt);outline:2px solid var(--link);outline-offset:-2px}.list li:hover{background:var(--alt)}
.list b{font-weight:600;overflow-wrap:anywhere}
.try{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-block-start:.875rem}
.btn{border:1px solid var(--line);background:var(--bg);border-radius:var(--r);padding:.3125rem .6875rem;min-block-size:2rem;font-size:.875rem}.btn:hover{border-color:var(--edge);background:var(--alt)}
.out{display:grid;gap:1rem;margin-block-start:1.25rem}.out:empty{display:none}
.card,.text,.empty{border:1px solid var(--line);border-radius:calc(var(--r) + .125rem);background:var(--bg);padding:1.125rem 1.25rem;min-inline-size:0}
.top{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
h3,.h3.mono{font-size:1.125rem;line-height:1.35;font-weight:650}h4,.h4{font-size:.9375rem;font-weight:650;margin-block:1.125rem .25rem}
.card>p{margin-block-start:.25rem}
.said{display:flex;flex-wrap:wrap;gap:.375rem .5rem;margin-block-start:.75rem}
.said li{display:flex;flex-wrap:wrap;gap:0 .5rem;align-items:baseline;background:var(--alt);border:1px solid var(--line);border-radius:.375rem;padding:.1875rem .5625rem;font-size:.875rem;min-inline-size:0}
.said small{color:var(--dim);font-size:.8125rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin-block-start:1rem}
.facts dt{font-size:.8125rem;color:var(--dim)}.facts dd{margin-block-start:.1875rem}
.badge{display:inline-block;border:1px solid transparent;border-radius:.375rem;padding:.0625rem .5rem;font-weight:600;font-size:.9375rem;background:var(--alt)}
.plain{padding-inline:0;background:none}.good{background:var(--good-bg);color:var(--good)}.bad{background:var(--bad-bg);color:var(--bad)}.warn{background:var(--warn-bg);color:var(--warn)}
details{margin-block-start:1rem;border-block-start:1px solid var(--line)}details>summary{cursor:pointer;padding-block:.75rem 0;color:var(--link);font-weight:600;font-size:.9375rem}
.prose{max-inline-size:72ch}.wide{overflow-x:auto;border-radius:.25rem}
table{border-collapse:collapse;inline-size:100%;font-size:.875rem;margin-block-start:.25rem}
th,td{text-align:start;padding:.375rem .75rem .375rem 0;border-block-end:1px solid var(--line);vertical-align:top}th{font-weight:600}thead th{color:var(--dim);font-size:.8125rem}
td.n{white-space:nowrap}.src{font-size:.8125rem;color:var(--dim)}.src li{overflow-wrap:anywhere;margin-block-start:.25rem}
.acts{display:flex;flex-wrap:wrap;gap:.5rem;margin-block-start:1.125rem}
.text{margin-block-start:1.25rem}.text+.out{margin-block-start:1rem}.text[hidden]+.out{margin-block-start:1.25rem}.text pre{margin-block-start:.5rem;max-block-size:22rem;overflow:auto;white-space:pre-wrap;background:var(--alt);border:1px solid var(--line);border-radius:.375rem;padding:.75rem;font-size:.8125rem;line-height:1.7;unicode-bidi:plaintext}
mark{background:var(--mark-bg);color:inherit;border-radius:.1875rem}mark [role=button]{cursor:pointer;font-weight:700;text-decoration:underline;text-underline-offset:.15em}
.note{background:var(--warn-bg);color:var(--warn);border-radius:.375rem;padding:.5rem .75rem;margin-block-start:.75rem;font-size:.9375rem}
@container (max-width:30rem){.card,.text,.empty{padding:.9375rem}.facts{grid-template-columns:1fr 1fr}.facts dt{min-block-size:1.3em}
.others thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}.others tr{display:grid;grid-template-columns:1fr auto;border-block-end:1px solid var(--line);padding-block:.375rem}.others :is(th,td){display:block;border:0;padding:.0625rem 0}.others td.nm{grid-row:2}.others :is(td.n,td.f){text-align:end}}
@media (prefers-contrast:more){:host{--dim:var(--fg);--line:var(--edge)}.badge:not(.plain){border-color:currentColor}}
@media (forced-colors:active){.badge:not(.plain),mark{border:1px solid}.list li[aria-selected=true]{outline-color:Highlight}}
@media (prefers-reduced-motion:no-preference){.btn,.list li{transition:background-color .12s,border-color .12s}}
@media print{.search,.acts,.try{display:none}}
`);

export const codeStyle = sheet(`
:host{display:inline;container-type:normal}
.code{display:inline;border:0;background:none;padding:0;font-family:var(--mono);font-size:.925em;color:var(--link);text-decoration:underline dotted;text-underline-offset:.2em}
.code:hover{text-decoration-style:solid}
.pop{position:fixed;inset:auto;margin:0;inline-size:min(26rem,calc(100vw - 1rem));max-block-size:min(40rem,calc(100vh - 1rem));overflow:auto;color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:var(--r);box-shadow:0 .5rem 1.5rem rgb(0 0 0/.2);padding:0;font:var(--aerocodes-font,400 1rem/1.55 system-ui,sans-serif);text-align:start;white-space:normal}
.pop .card{border:0}.pop .facts{grid-template-columns:1fr 1fr}.card>.full{margin-block-start:.75rem}
`);
