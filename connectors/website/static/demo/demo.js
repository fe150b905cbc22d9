// The page's own buttons open the chat, most of them with a question; also when pressed before the chat has loaded.
for (const button of document.querySelectorAll("[data-spoerg]")) {
  button.addEventListener("click", async () => {
    await customElements.whenDefined("erhvervs-chat");
    document.querySelector("erhvervs-chat").aabn(button.dataset.spoerg);
  });
}
