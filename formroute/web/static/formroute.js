// Makes the pages quicker to use. Everything here can fail or be switched off, and the pages still work:
// the server alone decides what shows and what is accepted.
"use strict";

(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const later = (action, wait) => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(action, wait);
    };
  };

  // The error summary takes the focus, so that it is read out first.
  const focusSummary = () => document.querySelector(".f-summary")?.focus();

  // One press of a button sends once; a page that comes back from the browser's memory can be sent again.
  const sendOnce = (form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = true;
      all("button:not([type=button])", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    });
    window.addEventListener("pageshow", () => {
      sent = false;
      all("button:not([type=button])", form).forEach((button) => button.removeAttribute("aria-disabled"));
    });
  };

  // Questions that depend on answers: the server says which ones show, and the page follows at once.
  // A hidden question is out of the document, so its answer is not posted; it comes back as it was.
  const followAnswers = (form) => {
    // Those of a group that does not show lie in the group's own template.
    const places = () => all("template[data-place]", form);
    if (!places().length && !form.querySelector("[data-offers], [data-listening]")) return;
    const questions = new Map();
    const status = form.querySelector("[data-news]");
    const proceed = form.querySelector("[data-proceed]");

    const question = (place) => {
      const { place: name } = place.dataset;
      if (!questions.has(name)) questions.set(name, place.content.firstElementChild ?? place.nextElementSibling);
      return questions.get(name);
    };

    // A choice that is not offered now is neither seen nor posted.
    const offer = (name, withheld) => {
      const boxes = [form, ...questions.values()].flatMap((node) => all(`[name="${name}"]`, node));
      boxes.flatMap((box) => (box.options ? Array.from(box.options) : box)).forEach((box) => {
        box.disabled = withheld.includes(box.value);
        (box.closest("label") ?? box).hidden = box.disabled;
      });
    };

    // What routes tell stands above the page when it was there before, and above the buttons when it is new.
    const tell = (told) => {
      const place = form.querySelector("[data-listening]");
      if (!place) return;
      all("[data-told]").forEach((notice) => told.some(([key]) => key === notice.dataset.told) || notice.remove());
      const there = all("[data-told]").map((notice) => notice.dataset.told);
      told.forEach(([key, html]) => there.includes(key) || place.insertAdjacentHTML("beforeend", html));
    };

    const show = ({ showing, stopped, worked_out: workedOut, withheld, told }) => {
      let added = 0;
      const follow = (place) => {
        const node = question(place);
        const shows = showing.includes(place.dataset.place);
        if (shows && !node.isConnected) {
          place.after(node);
          enhance(node);
          all("template[data-place]", node).forEach(follow);
          added += 1;
        } else if (!shows && node.isConnected) {
          node.remove();
        }
        const output = node.querySelector("[data-worked-out]");
        if (output) output.innerHTML = workedOut[place.dataset.place] ?? "";
      };
      places().forEach((place) => place.isConnected && follow(place));
      Object.entries(withheld).forEach(([name, values]) => offer(name, values));
      tell(told);
      if (proceed) proceed.hidden = stopped;
      if (status && added) status.textContent = status.dataset.news;
    };

    let asked = 0;
    const ask = async () => {
      const turn = ++asked;
      const answers = new FormData(form);
      for (const [name, value] of Array.from(answers.entries())) {
        if (value instanceof File) answers.delete(name);
      }
      try {
        const answer = await fetch(form.dataset.showing, { method: "POST", body: answers });
        if (!answer.ok) throw new Error(answer.status);
        const said = await answer.json();
        if (turn === asked) show(said);
      } catch {
        // Without an answer the page is posted as it is, and the server shows what is missing.
        if (proceed) proceed.hidden = false;
      }
    };
    form.addEventListener("change", ask);
    form.addEventListener("input", later(ask, 500));
  };

  // Where am I: fills the point in, and the address stays the resident's own words.
  const usePosition = (place) => {
    const button = place.querySelector("[data-locate]");
    if (!button || !navigator.geolocation) return;
    const status = place.querySelector("[data-status]");
    const forget = place.querySelector("[data-forget]");
    const [latitude, longitude] = ["latitude", "longitude"].map((part) => place.querySelector(`[data-part=${part}]`));
    const fill = (point, text) => {
      latitude.value = point ? point.latitude.toFixed(6) : "";
      longitude.value = point ? point.longitude.toFixed(6) : "";
      status.textContent = text;
      forget.hidden = !point;
      latitude.dispatchEvent(new Event("change", { bubbles: true }));
    };
    button.hidden = false;
    forget.hidden = !latitude.value;
    button.addEventListener("click", () => {
      status.textContent = status.dataset.looking;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => fill(coords, status.dataset.found.replace("{metres}", Math.ceil(coords.accuracy))),
        () => fill(null, status.dataset.failed),
        { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
      );
    });
    forget.addEventListener("click", () => {
      fill(null, "");
      button.focus();
    });
  };

  // How many characters are left, once it begins to matter.
  const countLetters = (box) => {
    const line = document.getElementById(`${box.id}-count`);
    if (!line) return;
    const count = () => {
      const left = Number(box.dataset.most) - Array.from(box.value).length;
      line.hidden = left > Number(box.dataset.most) / 4;
      line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{count}", Math.abs(left));
    };
    box.addEventListener("input", count);
    count();
  };

  // A file that is too large is told at once, before the time to send it is spent.
  const weighFiles = (input) => {
    const line = document.getElementById(`${input.id}-size`);
    input.addEventListener("change", () => {
      const heavy = Array.from(input.files).filter((file) => file.size > Number(input.dataset.most));
      line.textContent = heavy.map((file) => line.dataset.heavy.replace("{name}", file.name)).join(" ");
    });
  };

  // A long list of choices becomes a box to type in (WAI-ARIA combobox); the list itself keeps the answer.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const findInList = (list) => {
    const choices = all("option", list).filter((option) => option.value);
    const finder = document.createElement("div");
    const box = document.createElement("input");
    const menu = document.createElement("ul");
    const news = document.createElement("p");
    const stray = document.createElement("option");
    const [name] = list.labels;
    let shown = [];
    let active = -1;

    finder.className = "f-finder";
    box.className = "f-input";
    box.type = "text";
    box.id = list.id;
    list.id = `${list.id}-list`;
    menu.id = `${box.id}-menu`;
    menu.hidden = true;
    menu.setAttribute("role", "listbox");
    if (name) {
      name.id ||= `${box.id}-label`;
      menu.setAttribute("aria-labelledby", name.id);
    }
    news.className = "f-unseen";
    news.setAttribute("role", "status");
    for (const [attribute, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": menu.id,
      autocomplete: "off",
      spellcheck: "false",
    })) {
      box.setAttribute(attribute, value);
    }
    for (const attribute of ["aria-describedby", "aria-invalid"]) {
      if (list.hasAttribute(attribute)) box.setAttribute(attribute, list.getAttribute(attribute));
    }

    // Words in another language than the page say so, in the box and in the menu.
    const speak = (element, option) => {
      if (option?.lang) element.lang = option.lang;
      else element.removeAttribute("lang");
    };

    const tell = () => {
      const chosen = list.value ? list.selectedOptions[0] : null;
      box.value = chosen ? chosen.text : "";
      speak(box, chosen);
    };

    // What is typed and is in no choice is posted as it is, so that the server says so and nothing is lost unseen.
    const choose = (value) => {
      if (list.value === value) return;
      stray.value = stray.text = value;
      if (choices.some((option) => option.value === value)) stray.remove();
      else list.append(stray);
      list.value = value;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const close = () => {
      menu.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const point = (index) => {
      active = index;
      all("li", menu).forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
      const item = menu.children[index];
      if (item) {
        box.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    };

    const open = () => {
      const wanted = fold(box.value.trim());
      const offered = choices.filter((option) => !option.disabled);
      const starts = offered.filter((option) => fold(option.text).startsWith(wanted));
      const holds = offered.filter((option) => !starts.includes(option) && fold(option.text).includes(wanted));
      shown = [...starts, ...holds].slice(0, 50);
      menu.replaceChildren(
        ...shown.map((option, index) => {
          const item = document.createElement("li");
          item.id = `${menu.id}-${index}`;
          item.textContent = option.text;
          speak(item, option);
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", "false");
          item.addEventListener("mousedown", (event) => {
            event.preventDefault();
            take(index);
          });
          return item;
        }),
      );
      menu.hidden = !shown.length;
      box.setAttribute("aria-expanded", String(!menu.hidden));
      box.removeAttribute("aria-activedescendant");
      active = -1;
      news.textContent = (shown.length ? list.dataset.some : list.dataset.none).replace("{count}", shown.length);
    };

    const take = (index) => {
      choose(shown[index].value);
      tell();
      close();
    };

    const settle = () => {
      const typed = box.value.trim();
      const meant = choices.find((option) => fold(option.text) === fold(typed));
      choose(meant ? meant.value : typed);
      tell();
      close();
    };

    const keys = {
      ArrowDown: () => (menu.hidden ? open() : point(Math.min(active + 1, shown.length - 1))),
      ArrowUp: () => menu.hidden || point(Math.max(active - 1, 0)),
      Escape: close,
    };

    box.addEventListener("input", open);
    box.addEventListener("blur", settle);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !menu.hidden && active >= 0) {
        event.preventDefault();
        take(active);
      } else if (event.key === "Enter") {
        settle();
      } else if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    choose(list.dataset.typed);
    tell();
    list.hidden = true;
    list.before(finder);
    finder.append(box, menu, news);
  };

  const enhance = (within) => {
    all("[data-position]", within).forEach(usePosition);
    all("textarea[data-most]", within).forEach(countLetters);
    all("input[type=file][data-most]", within).forEach(weighFiles);
    all("select[data-find]", within).filter((list) => !list.hidden).forEach(findInList);
  };

  enhance(document);
  all("form[data-form]").forEach((form) => {
    sendOnce(form);
    followAnswers(form);
  });
  focusSummary();
})();
