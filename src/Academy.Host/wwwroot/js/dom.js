// Makes elements. Text is only ever text: nothing here reads HTML.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }

  element.append(...children.filter(c => c !== null && c !== undefined));
  return element;
}
