import { darkTheme, lightTheme, themeVariables } from '../charts/theme.js';

/** The style sheet of the page: light, dark, telephone, paper. */
export const style = `
:root{color-scheme:light;${themeVariables(lightTheme)};--soft:#f4f6f8;--line:#d0d7de;--link:#0a5a9c;--good:#17663a;--bad:#a8320a;--mark:#fff6e0}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${themeVariables(darkTheme)};--soft:#1a2027;--line:#333b45;--link:#7cbcf7;--good:#6fce93;--bad:#ff9a66;--mark:#2b2410}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-999rem;top:0;padding:.5rem 1rem;background:var(--paper);z-index:3}
.skip:focus{left:0}
.page{display:grid;grid-template-columns:minmax(0,1fr);max-width:60rem;margin:0 auto;padding:1.2rem 1.1rem 4rem;gap:0 3rem}
nav{font-size:.9rem;border-bottom:1px solid var(--line);margin-bottom:1rem;padding-bottom:.6rem}
nav h2{font-size:.8rem;letter-spacing:.06em;color:var(--muted);margin:.2rem 0 .4rem;padding:0;border:0;font-weight:600}
nav li{margin:0}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem}
nav a{display:inline-block;padding:.2rem 0;text-decoration:none}
nav a:hover{text-decoration:underline}
nav .inner{padding-left:0}
@media (min-width:78rem){.page{grid-template-columns:13rem minmax(0,56rem);max-width:74rem}nav{position:sticky;top:1.2rem;align-self:start;max-height:calc(100vh - 2.4rem);overflow:auto;border:0}nav ul{display:block}nav .inner{padding-left:.9rem}}
[id$=-start] h1{font-size:1.5rem;margin-top:3.5rem;border-bottom:2px solid var(--line);padding-bottom:.4rem}
[id$=-start]+div h2{border-top:0;margin-top:.6rem}
h1{font-size:1.75rem;line-height:1.25;margin:.2rem 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.35rem;line-height:1.3;margin:2.8rem 0 .6rem;padding-top:.5rem;border-top:2px solid var(--line)}
h3{font-size:1.05rem;margin:1.9rem 0 .4rem}
p{margin:.6rem 0;max-width:46rem}
h1+p{color:var(--muted);font-size:.88rem;max-width:none}
li{margin:.3rem 0;max-width:46rem}
blockquote{margin:1rem 0;padding:.9rem 1.2rem;background:var(--mark);border-left:5px solid var(--hit-2);border-radius:0 6px 6px 0;font-size:1.06rem}
[id$=verdict-none] blockquote{background:var(--soft);border-left-color:var(--for)}
blockquote p{margin:0 0 .6rem;max-width:none}blockquote p:last-child{margin:0}blockquote p+p{font-size:.94rem}
code,kbd{font:.88em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;overflow-wrap:anywhere}
p code,li code{background:var(--soft);padding:.08em .32em;border-radius:4px}
pre{margin:.7rem 0;padding:.75rem 1rem;background:var(--soft);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
pre code{font-size:.84rem}
.scroll{overflow-x:auto;margin:.9rem 0}
table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.45;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);padding:0 0 .4rem;font-size:.88rem}
th,td{padding:.38rem .65rem .38rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
th{font-weight:600;border-bottom:2px solid var(--line);vertical-align:bottom}
.right{text-align:right}.center{text-align:center}
td.right,.short{white-space:nowrap}td code{overflow-wrap:normal;word-break:normal}
.facts th{width:11rem;border-bottom:1px solid var(--line);vertical-align:top;color:var(--muted);font-weight:500}
.for,.good{color:var(--for)}.against,.bad{color:var(--bad)}.unknown{color:var(--muted)}
.strong{font-weight:600}.columns{columns:16rem;column-gap:2rem;margin:.4rem 0 .9rem;padding-left:1.1rem;font-size:.9rem;line-height:1.4}.columns li{break-inside:avoid;margin:.15rem 0}
td.for,td.against,td.unknown{white-space:nowrap;font-weight:600}
td.unknown{font-weight:400}
figure{margin:1rem 0 1.4rem}
figure svg{display:block;max-width:100%;height:auto}
.narrow{display:none}
figcaption{color:var(--muted);font-size:.86rem;margin-top:.35rem;max-width:46rem}
details{margin:.7rem 0;border:1px solid var(--line);border-radius:6px;padding:0 .9rem}
summary{cursor:pointer;padding:.55rem 0;font-weight:600;overflow-wrap:anywhere}
details[open]>summary{border-bottom:1px solid var(--line);margin-bottom:.5rem}
.cite{font-size:.7em;line-height:0;white-space:nowrap;margin-left:.15em}
.cite a{text-decoration:none;padding:.3em .12em}
.chain{list-style:none;counter-reset:step;margin:1rem 0 1.4rem;padding:0;max-width:46rem}
.chain li{counter-increment:step;position:relative;margin:0 0 1.5rem;padding:.55rem .9rem .55rem 3rem;border:1px solid var(--line);border-radius:8px;background:var(--soft);max-width:none}
.chain li::before{content:counter(step);position:absolute;left:.8rem;top:.55rem;width:1.5rem;height:1.5rem;line-height:1.5rem;text-align:center;border-radius:50%;background:var(--node);color:var(--paper);font-size:.82rem;font-weight:700}
.chain li:not(:last-child)::after{content:"";position:absolute;left:1.45rem;bottom:-1.35rem;height:1.15rem;border-left:2px solid var(--muted)}
.chain li:not(:last-child)::before{z-index:1}
.chain li+li{margin-top:0}
.chain .tip{display:none}
tr:target,p:target{background:var(--mark)}
.mark{stroke:var(--ink);stroke-width:1;stroke-dasharray:3 3;pointer-events:none}
.instant{fill:var(--ink);font-size:11px;pointer-events:none;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
@media screen and (max-width:600px){body{font-size:15.5px}.page{padding:.8rem .9rem 3rem}.wide{display:none}.narrow{display:block}h1{font-size:1.4rem}h2{font-size:1.2rem;margin-top:2.2rem}.facts th{width:auto}.scroll table{min-width:34rem}.scroll .facts{min-width:0}caption{position:sticky;left:0;max-width:calc(100vw - 2rem)}th,td{padding-right:.55rem}}
@page{size:A4;margin:16mm 14mm}
@media print{body{font-size:10pt;line-height:1.45}.page{display:block;max-width:none;padding:0}nav,.skip{display:none}h2{margin-top:1.4rem;break-after:avoid}h3,caption,summary,h2+p,h3+ul{break-after:avoid}h1{font-size:18pt}h2{font-size:14pt}h3{font-size:11.5pt}p,li,.chain,figcaption{max-width:none}a{color:inherit;text-decoration:none}thead{display:table-header-group}tr,figure,blockquote,pre,.chain li{break-inside:avoid}.scroll{overflow:visible}table{font-size:8pt}td.right{white-space:normal}details{border:0;padding:0}details::details-content{content-visibility:visible;display:block;height:auto}summary{list-style:none}summary::-webkit-details-marker{display:none}figure svg{max-height:230mm}pre{white-space:pre-wrap}blockquote,tr,.chain li::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
  .trim()
  .replace(/\n/g, '');
