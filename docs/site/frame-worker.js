// A page opened from a disk may not start workers: the search then runs in a hidden frame.
if (location.protocol === "file:") {
  window.Worker = class {
    constructor(address) {
      this.waiting = [];
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "search";
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      // later, as from a worker: who asks does not expect the answer at once
      inside.postMessage = (data) => {
        const copy = structuredClone(data);
        setTimeout(() => this.onmessage?.({ data: copy }));
      };
      const script = inside.document.createElement("script");
      script.src = new URL(address, location.href).href;
      script.onload = () => {
        this.loaded = true;
        this.waiting.splice(0).forEach((data) => this.postMessage(data));
      };
      inside.document.head.append(script);
    }

    postMessage(data) {
      if (!this.loaded) this.waiting.push(data);
      else {
        const inside = this.frame.contentWindow;
        const copy = structuredClone(data);
        inside.dispatchEvent(new inside.MessageEvent("message", { data: copy }));
      }
    }

    terminate() {
      this.frame.remove();
    }
  };
}
