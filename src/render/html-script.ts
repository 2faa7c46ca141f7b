/**
 * The only script of the page: pointing at an instant in one chart marks it in all; printing opens all folds; a link
 * into a fold opens it. It builds nodes and never markup, and touches no network.
 */
export const script = `(()=>{'use strict';
const NS='http://www.w3.org/2000/svg';
const charts=Array.from(document.querySelectorAll('svg[data-from]'),svg=>{const d=svg.dataset;return{svg,from:+d.from,to:+d.to,x:+d.x,width:+d.width,line:null,label:null}});
const clock=t=>new Date(t).toISOString().slice(11,19);
const clear=()=>{for(const c of charts){if(c.line)c.line.remove();if(c.label)c.label.remove();c.line=c.label=null}};
const show=(t,at)=>{for(const c of charts){if(t<c.from||t>c.to||!c.svg.getClientRects().length)continue;const x=c.x+(t-c.from)/(c.to-c.from)*c.width;const h=c.svg.viewBox.baseVal.height;
if(!c.line){c.line=document.createElementNS(NS,'line');c.line.setAttribute('class','mark');c.line.setAttribute('y1','0');c.line.setAttribute('y2',String(h));c.svg.append(c.line);c.label=document.createElementNS(NS,'text');c.label.setAttribute('class','instant');c.label.setAttribute('y','11');c.svg.append(c.label)}
c.line.setAttribute('x1',String(x));c.line.setAttribute('x2',String(x));const right=x>c.x+c.width-70;c.label.setAttribute('x',String(x+(right?-5:5)));c.label.setAttribute('text-anchor',right?'end':'start');c.label.textContent=clock(t)}};
for(const c of charts){c.svg.addEventListener('pointermove',e=>{const box=c.svg.getBoundingClientRect();const px=(e.clientX-box.left)*c.svg.viewBox.baseVal.width/box.width;const t=c.from+(px-c.x)/c.width*(c.to-c.from);if(t<c.from||t>c.to)clear();else show(t)});c.svg.addEventListener('pointerleave',clear)}
let opened=[];
addEventListener('beforeprint',()=>{opened=Array.from(document.querySelectorAll('details:not([open])'));for(const d of opened)d.open=true});
addEventListener('afterprint',()=>{for(const d of opened)d.open=false;opened=[]});
const reveal=()=>{const id=decodeURIComponent(location.hash.slice(1));let e=id&&document.getElementById(id);const target=e;for(;e;e=e.parentElement)if(e.localName==='details')e.open=true;if(target)target.scrollIntoView()};
addEventListener('hashchange',reveal);reveal();
})();`;
