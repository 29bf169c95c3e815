// Shows the form that the page's address names, as ODK Web Forms draws it, with a report filled in.
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp } from "vue";

const file = async (name) => await fetch(`/files/${encodeURIComponent(name)}`);
const text = async (name) => await (await file(name)).text();

const [formXml, filled] = [await text("form.xml"), await text("filled.xml")];
const app = createApp(OdkWebForm, {
  formXml,
  fetchFormAttachment: async (url) => await file(String(url).split("/").at(-1)),
  editInstance: {
    resolveInstance: async () => filled,
    attachmentFileNames: [],
    resolveAttachment: async () => new Response(null, { status: 404 }),
  },
  preloadProperties: { deviceID: "", username: "" },
});
app.use(webFormsPlugin);
app.mount("#form");
