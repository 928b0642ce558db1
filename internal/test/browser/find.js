(() => {
	const plain = (text) => text.replace(/[\s\u00a0\u202f\u2009]+/g, " ").trim();

	const visible = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) && e.getClientRects().length > 0;

	const named = (e) => {
		const by = e.getAttribute("aria-labelledby");
		if (by) return plain(by.split(/\s+/).map((id) => document.getElementById(id)?.innerText ?? "").join(" "));
		const label = e.getAttribute("aria-label");
		if (label) return plain(label);
		if (e.labels?.length) return plain([...e.labels].map((l) => l.innerText).join(" "));
		return plain(e.innerText || e.value || e.title || e.alt || "");
	};

	// The first element whose name is the text; else the first whose name contains it.
	const pick = (all, name) => {
		const seen = all.filter(visible);
		const text = plain(name);
		return seen.find((e) => named(e) === text) ?? seen.find((e) => named(e).includes(text)) ?? null;
	};

	const find = (selector, name) => {
		if (name.startsWith("css:")) return document.querySelector(name.slice(4));
		const open = [...document.querySelectorAll("dialog[open]")].at(-1);
		return pick([...(open ?? document).querySelectorAll(selector)], name);
	};

	const clickable = (name) => find("button, a[href], summary, label, input[type=submit], input[type=button], input[type=checkbox], input[type=radio], [role=button], [role=tab], [role=menuitem], [role=option]", name);
	const field = (name) => find("input:not([type=hidden]), textarea, select, [contenteditable=true]", name);

	return {
		plain,
		field,
		shows: (text) => plain(document.body.innerText).includes(plain(text)),
		focused: () => {
			const e = document.activeElement;
			return e && e !== document.body ? named(e) || e.id || e.tagName.toLowerCase() : "";
		},
		focus: (name) => {
			const e = field(name) ?? clickable(name);
			e?.focus();
			return e !== null && document.activeElement === e;
		},
		choose: (name, option) => {
			const list = field(name);
			const wanted = [...(list?.options ?? [])].find((o) => plain(o.text) === plain(option));
			if (!wanted) return false;
			list.focus();
			list.value = wanted.value;
			list.dispatchEvent(new Event("input", { bubbles: true }));
			list.dispatchEvent(new Event("change", { bubbles: true }));
			return true;
		},
		// Where a finger would touch: the element must be there, in view and not covered by another.
		spot: (kind, name) => {
			const e = { clickable, field }[kind](name);
			if (!e) return { Found: false, X: 0, Y: 0, Reason: "nothing on the screen has this name" };
			if (e.disabled) return { Found: false, X: 0, Y: 0, Reason: "it is disabled" };
			e.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
			const r = e.getClientRects()[0];
			if (!r) return { Found: false, X: 0, Y: 0, Reason: "it takes no room" };
			const x = r.left + r.width / 2, y = r.top + r.height / 2;
			const top = document.elementFromPoint(x, y);
			const free = top && (e === top || e.contains(top) || top.contains(e) || (e.labels && [...e.labels].some((l) => l.contains(top))));
			return { Found: Boolean(free), X: x, Y: y, Reason: free ? "" : "it is covered by " + (top?.outerHTML.slice(0, 120) ?? "nothing") };
		},
	};
})()
