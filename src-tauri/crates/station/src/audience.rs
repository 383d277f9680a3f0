//! Who is told when something changed.

/// Called with every new view until it returns false.
pub(crate) type Listener<V> = Box<dyn FnMut(&V) -> bool + Send>;

/// Listeners of one kind of view.
pub(crate) struct Audience<V> {
    told: Vec<Listener<V>>,
    /// Have not had any view yet.
    newcomers: Vec<Listener<V>>,
}

impl<V> Audience<V> {
    pub(crate) const fn new() -> Self {
        Self {
            told: vec![],
            newcomers: vec![],
        }
    }

    pub(crate) fn join(&mut self, listener: Listener<V>) {
        self.newcomers.push(listener);
    }

    /// True when somebody is owed a view: a newcomer always, the others when there is news.
    pub(crate) fn waits(&self, news: bool) -> bool {
        !self.newcomers.is_empty() || (news && !self.told.is_empty())
    }

    /// Shows a view to newcomers, and to the others when it is news.
    pub(crate) fn tell(&mut self, view: &V, news: bool) {
        self.told.retain_mut(|listener| !news || listener(view));
        let newcomers = std::mem::take(&mut self.newcomers);
        self.told
            .extend(newcomers.into_iter().filter_map(|mut l| l(view).then_some(l)));
    }
}
